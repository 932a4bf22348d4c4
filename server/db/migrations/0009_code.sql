-- 苏服码：在线码只存令牌的散列，绑在会话上；用过就留下被谁读的。
create table code (
  id uuid primary key,
  token_hash bytea not null unique,
  session_id uuid not null references session (id) on delete cascade,
  account_id uuid not null references account (id) on delete cascade,
  subject_id uuid not null references subject (id),
  issued_at timestamptz not null,
  used_at timestamptz,
  reader_id text,
  scene_id text
);
create index code_session on code (session_id);
-- 足迹里多一种人：核码端。
alter table trace drop constraint trace_actor_kind_check;
alter table trace add constraint trace_actor_kind_check check (actor_kind in ('self', 'proxy', 'department', 'system', 'staff', 'reader'));
