-- 苏服码：要点头的核码、设备证书、离线码的补报、锁定。
-- 用过的码记着要了哪几格（null：场景的全部），亮码人看到的就是这几格。
alter table code add column fields text[];
create index code_issued on code (issued_at);

-- 核码端要亮码人点头的一次核码：码已经归它。给出的值密封着等它来取一次，取走就没有了。
create table awaited_reading (
  id uuid primary key,
  code_id uuid not null unique references code (id) on delete cascade,
  asked_at timestamptz not null,
  -- 空着就是还没答；refused：点了同意，但那一刻已经不能给出
  outcome text check (outcome in ('agreed', 'declined', 'lapsed', 'refused')),
  settled_at timestamptz,
  reason text,
  released_sealed bytea,
  fetched_at timestamptz
);

-- 设备证书：里面的姓名与末四位只在设备上，这里只有是谁的哪次登录、哪把钥匙。
create table code_certificate (
  id uuid primary key,
  session_id uuid not null references session (id) on delete cascade,
  account_id uuid not null references account (id) on delete cascade,
  subject_id uuid not null references subject (id),
  device_key bytea not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index code_certificate_session on code_certificate (session_id, subject_id);
create index code_certificate_expires on code_certificate (expires_at);

-- 离线读过、联网后补报的：同一张证书同一时刻是同一个码。
create table offline_reading (
  certificate_id uuid not null references code_certificate (id) on delete cascade,
  code_time bigint not null,
  reader_id text not null,
  scene_id text not null,
  read_at timestamptz not null,
  outcome text not null check (outcome in ('recorded', 'refused', 'replayed')),
  reason text,
  primary key (certificate_id, code_time, reader_id)
);

-- 核验失败的时刻（数够了就锁），与「同一个码在两处」的疑点（再确认一次是本人就消）。
create table code_failure (
  account_id uuid not null references account (id) on delete cascade,
  at timestamptz not null
);
create index code_failure_account on code_failure (account_id, at);
create table code_suspicion (
  account_id uuid primary key references account (id) on delete cascade,
  since timestamptz not null
);

-- 足迹里多一种：核码端来问，等本人点头。
alter table trace drop constraint trace_action_check;
alter table trace add constraint trace_action_check
  check (action in ('ask', 'read', 'fetch', 'use', 'send', 'reveal', 'export', 'refused'));
