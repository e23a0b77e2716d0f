-- The readings that a name, a path or leading digits of a SHA-256 mean.
select file_id, path, sha256
from file
where name = :name
    or path = :path
    or (:prefix <> '' and substr(sha256, 1, length(:prefix)) = :prefix)
order by path, sha256, file_id;
