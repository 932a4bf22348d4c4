-- 证照、消息、好差评。
create table licence (
  id uuid primary key,
  subject_id uuid not null references subject (id),
  type text not null,
  identifier text,
  version int not null,
  status text not null check (status in ('valid', 'suspended', 'changed', 'cancelled', 'revoked')),
  issuer text not null,
  issued_on date not null,
  valid_to date,
  face_sealed bytea not null,
  case_id uuid references case_file (id),
  seen_at timestamptz,
  recorded_at timestamptz not null,
  unique (subject_id, type, identifier, version)
);
create index licence_subject on licence (subject_id, type);
-- 对外取数的记录：何时向哪个来源取过（licence:证照类型，或 share:共享系统）；共享数据密封在此，证照另存 licence 表。
create table source_fetch (
  subject_id uuid not null references subject (id),
  source text not null,
  found boolean not null,
  data_sealed bytea,
  as_of text,
  fetched_at timestamptz not null,
  primary key (subject_id, source)
);
create table message (
  id uuid primary key,
  account_id uuid not null references account (id),
  kind text not null check (kind in ('case', 'correction', 'licence', 'invitation', 'rating', 'account')),
  title_sealed bytea not null,
  body_sealed bytea not null,
  target_kind text,
  target_id uuid,
  -- 同一事由只发一条
  cause text not null,
  at timestamptz not null,
  read_at timestamptz,
  unique (account_id, cause)
);
create index message_account on message (account_id, at desc, id desc);
create table rating (
  case_id uuid primary key references case_file (id),
  account_id uuid not null references account (id),
  grade text not null check (grade in ('very_good', 'good', 'fair', 'poor', 'very_poor')),
  tags text[] not null,
  text_sealed bytea not null,
  anonymous boolean not null,
  rated_at timestamptz not null,
  changed_at timestamptz
);
