-- title:   Sign-off
-- summary: Whether each month is closed, who prepared and reviewed it, and the hash of what was signed; else what stands in its way.
-- param:   org from until
-- column:  organization_id  text     Organization
-- column:  name             text     Name         wide
-- column:  month            month    Month
-- column:  state            text     State
-- column:  close            integer  Close        wide
-- column:  red              integer  Red
-- column:  waivers          integer  Waived
-- column:  prepared_by      text     Prepared_by
-- column:  reviewed_by      text     Reviewed_by
-- column:  closed_at        instant  Closed
-- column:  from             day      From         data
-- column:  until            day      Until        data
-- column:  policy           text     Burn_order   wide
-- column:  rule             text     Materiality  below
-- column:  note             text     Note         below
-- column:  statement        text     SHA-256_of_the_statement  below
-- needs:   close
-- evidence: close-checks
-- formats: table csv json xlsx html pdf
with red as (
    select
        organization_id,
        month,
        count(*) as red_count
    from close_check
    where state = 'red'
    group by organization_id, month
),

rules as (
    select distinct
        organization_id,
        month,
        rule
    from close_materiality
)

select
    offs.organization_id,
    offs.name,
    offs.month,
    offs.state,
    offs.sequence as close,
    case when offs.is_standing = 0 then coalesce(red.red_count, 0) end as red,
    offs.waiver_count as waivers,
    coalesce(offs.prepared_by, '') as prepared_by,
    case
        when offs.sequence is null then ''
        when offs.reviewed_by = '' then 'nobody'
        else offs.reviewed_by
    end as reviewed_by,
    offs.closed_at,
    offs.from_on as "from",
    offs.until_on as "until",
    coalesce(offs.policy, '') as policy,
    coalesce(rules.rule, '') as rule,
    case
        when offs.state = 'reopened' then 'reopened: ' || offs.reopened_for
        when offs.state = 'suspended'
            then 'what was signed changed since: see RESTATED_AFTER_CLOSE among the exceptions'
        when offs.state = 'not closed' and red.red_count > 0
            then 'not signed: what is red below stands in the way'
        when offs.state = 'not closed' then 'not signed yet'
        when offs.is_same = 1
            then 'prepared and reviewed by the same person: there was no second pair of eyes'
        when offs.reviewed_by = '' then 'reviewed by nobody'
        else ''
    end as note,
    coalesce(offs.statement_sha256, '') as statement
from fct_sign_offs as offs
left join red on offs.organization_id = red.organization_id and offs.month = red.month
left join rules on offs.organization_id = rules.organization_id and offs.month = rules.month
where
    offs.month >= substr(:from, 1, 7)
    and offs.month || '-01' < :until
    and (:org is null or offs.organization_id = :org)
order by offs.organization_id, offs.month;
