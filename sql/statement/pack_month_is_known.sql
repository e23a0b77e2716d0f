-- One row: whether any file or observation tells of the days from :first to :last.
select
    exists (
        select 1 from source.file where covered_from <= :last and covered_until >= :first
    )
    or exists (
        select 1 from source.observation where observed_on between :first and :last
    ) as is_known;
