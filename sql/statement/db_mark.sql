-- Marks a new file as ours: "trup".
pragma application_id = 0x74727570;
