-- 提交（一件事套件）、办件、事件日志、待发箱、幂等。事件只增不改。
create table submission (
  id uuid primary key,
  draft_id uuid not null unique references draft (id),
  bundle_id text not null,
  revision text not null references catalogue_revision (revision),
  account_id uuid not null references account (id),
  subject_id uuid not null references subject (id),
  -- 由这份提交产生的孩子、企业
  ward_id uuid references subject (id),
  company_id uuid references subject (id),
  status text not null,
  -- 提交时的方案（不含个人信息）
  plan jsonb not null,
  -- 签署的内容：答案、字段值、材料、承诺；RFC 8785 规范化后密封
  content_sealed bytea not null,
  content_hash bytea not null,
  signature bytea not null,
  key_id text not null,
  receipt_code text not null unique,
  submitted_at timestamptz not null,
  closed_at timestamptz
);
create index submission_account on submission (account_id, submitted_at desc, id desc);
create sequence case_serial;
create table case_file (
  id uuid primary key,
  case_no text not null unique,
  submission_id uuid not null references submission (id),
  key text not null,
  matter_id text not null,
  department_id text not null,
  status text not null,
  -- 最后一条事件的序号；并发推进靠它比对
  seq int not null,
  due_at timestamptz,
  closed_at timestamptz,
  unique (submission_id, key)
);
create table case_event (
  case_id uuid not null references case_file (id),
  seq int not null,
  type text not null,
  at timestamptz not null,
  actor text not null check (actor in ('applicant', 'department', 'system')),
  by text not null,
  data_sealed bytea not null,
  -- 部门回调的事件号：重复即同一条
  source_id text,
  primary key (case_id, seq)
);
create unique index case_event_source on case_event (case_id, source_id) where source_id is not null;
create function refuse_change() returns trigger language plpgsql as $$ begin raise exception '事件日志只增不改'; end $$;
create trigger case_event_append_only before update or delete on case_event for each row execute function refuse_change();
-- 待发箱：与事件同事务写入；每件办件按 id 顺序投递，至少一次。
create table outbox (
  id bigint generated always as identity primary key,
  message_id uuid not null unique,
  lane text not null,
  kind text not null check (kind in ('department', 'wechat', 'sms')),
  payload_sealed bytea not null,
  created_at timestamptz not null,
  attempts int not null default 0,
  last_error text,
  next_attempt_at timestamptz not null,
  delivered_at timestamptz
);
create index outbox_pending on outbox (lane, id) where delivered_at is null;
create table idempotency (
  account_id uuid not null references account (id),
  key text not null,
  request_hash bytea not null,
  status int not null,
  reply jsonb not null,
  at timestamptz not null,
  primary key (account_id, key)
);
create table deferred_material (
  case_id uuid not null references case_file (id),
  material_id text not null,
  until date not null,
  supplied_at timestamptz,
  primary key (case_id, material_id)
);
