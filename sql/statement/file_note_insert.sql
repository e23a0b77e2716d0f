-- Keeps what was assumed or noticed about a file.
insert into file_note (file_id, position, level, text)
values (:file_id, :position, :level, :text);
