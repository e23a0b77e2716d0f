-- ---------------------------------------------------------------------------------------------------
-- Usage beyond tokens: every endpoint, ChatGPT's credits, and what line items say
--
-- A usage endpoint is the kind of its snapshots and usage days: completions, embeddings and moderations
-- count tokens; images, audio_speeches (characters), audio_transcriptions (1e-6 of a second),
-- vector_stores (bytes) and code_interpreter_sessions (sessions) count what stands in brackets. For
-- these partition.total is the sum of usage.quantity, and usage_day.tokens is 0.

alter table usage add column quantity integer;  -- what the endpoint counts; null where it counts tokens
alter table usage add column image_size_id integer;  -- term: '1024x1024'
alter table usage add column source_id integer;  -- term: of images 'image.generation', …; of old activity exports the operation
alter table usage_day add column quantity integer not null default 0;  -- what the endpoint counts; 0 where it counts tokens

-- One row per row of a ChatGPT workspace's credit report. Credits are a unit of their own, never money.
create table credit_usage_row (
    file_id integer not null references file on delete cascade,
    line integer not null,
    day text not null,  -- as printed
    account_id text not null,  -- the workspace
    user_id text not null,  -- or ''
    user_email text not null,  -- or ''
    usage_type text not null,  -- as printed: 'codex', 'chat.completion.4o', …
    credits_nanos integer not null,  -- 1e-9 credits
    quantity_nanos integer,  -- 1e-9 of units
    units text not null  -- 'tokens', 'counts', or ''
) strict;

create index credit_usage_row_file on credit_usage_row (file_id);

-- One row per line item of a cost export: what its text says, derived from the term. Empty where it does not say it.
create table line_item (
    term_id integer primary key references term,
    is_understood integer not null,  -- 0: its text is all that is known of it
    surface text not null,  -- 'batch api', 'flex', 'priority', 'evals', 'assistants api', 'web search tool calls'
    model text not null,
    modality text not null,  -- 'image', 'text', 'audio'
    token_kind text not null,  -- 'input', 'cached input', 'cache writes', 'output'
    is_long_context integer not null
) strict;

insert into line_item (term_id, is_understood, surface, model, modality, token_kind, is_long_context)
select distinct line_item_id, 0, '', '', '', '', 0
from cost
where line_item_id is not null;
