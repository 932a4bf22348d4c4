-- 目录版本、草稿、文件、持有人同意。
create table catalogue_revision (
  revision text primary key,
  content jsonb not null,
  loaded_at timestamptz not null
);
create table draft (
  id uuid primary key,
  bundle_id text not null,
  account_id uuid not null references account (id),
  subject_id uuid not null references subject (id),
  revision text not null references catalogue_revision (revision),
  version int not null,
  step text not null,
  -- 答案、勾选、字段值、材料选择、指出有误：整体密封
  content_sealed bytea not null,
  filled int not null,
  total int not null,
  status text not null check (status in ('live', 'submitted', 'discarded', 'expired')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null
);
-- 每人每件事只有一份活草稿
create unique index draft_live on draft (subject_id, bundle_id) where status = 'live';
create index draft_account on draft (account_id) where status = 'live';
create table file (
  id uuid primary key,
  account_id uuid not null references account (id),
  subject_id uuid not null references subject (id),
  name_sealed bytea not null,
  mime text not null,
  bytes int not null,
  sha256 bytea not null,
  stored_as text not null,
  uploaded_at timestamptz not null,
  -- 随提交或补正交给部门的，不能再删
  kept_since timestamptz,
  removed_at timestamptz
);
create index file_account on file (account_id) where removed_at is null;
create table invitation (
  id uuid primary key,
  draft_id uuid not null references draft (id),
  account_id uuid not null references account (id),
  subject_id uuid not null references subject (id),
  holder_name_sealed bytea not null,
  holder_id_code_sealed bytea not null,
  holder_index bytea not null,
  material_ids text[] not null,
  purpose text not null,
  releases jsonb not null,
  status text not null check (status in ('pending', 'granted', 'declined', 'unanswered', 'unreachable', 'deceased', 'cancelled')),
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  valid_until timestamptz,
  -- 同意时放出的字段快照，密封；收回后清空
  released_sealed bytea
);
create index invitation_holder on invitation (holder_index);
create index invitation_draft on invitation (draft_id);
