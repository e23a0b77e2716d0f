-- A reading connection goes back to reading.
pragma query_only = on;
