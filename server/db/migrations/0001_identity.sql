-- 账号、主体、关系、会话、同意。姓名、证件号、电话一律密封（AES-256-GCM）；证件号另存带密钥的盲索引供查找。
create table subject (
  id uuid primary key,
  kind text not null check (kind in ('natural_person', 'legal_person')),
  name_sealed bytea not null,
  id_code_sealed bytea,
  id_code_index bytea unique,
  -- 尚无证件号的新生儿：由哪份提交产生
  born_of_submission uuid,
  deceased boolean not null default false,
  created_at timestamptz not null
);
create table account (
  id uuid primary key,
  subject_id uuid not null references subject (id),
  real_name_level int not null check (real_name_level between 1 and 4),
  phone_sealed bytea,
  created_at timestamptz not null,
  closed_at timestamptz
);
-- 注销后再登录是新的账号，旧账号里的东西不再能看到
create unique index account_living on account (subject_id) where closed_at is null;
create table relation (
  account_id uuid not null references account (id),
  subject_id uuid not null references subject (id),
  role text not null check (role in ('self', 'guardian', 'legalRepresentative', 'operator')),
  since timestamptz not null,
  until timestamptz,
  primary key (account_id, subject_id)
);
create table consent (
  account_id uuid not null references account (id),
  kind text not null check (kind in ('privacy', 'sensitive', 'minor')),
  version text not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (account_id, kind, version)
);
-- 一次会话 = 一个令牌家族；令牌只存散列。
create table session (
  id uuid primary key,
  account_id uuid not null references account (id),
  channel text not null check (channel in ('h5', 'weapp')),
  device text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  reauthenticated_at timestamptz,
  ended_at timestamptz,
  ended_because text
);
create index session_account on session (account_id) where ended_at is null;
-- 两个标签页各有自己的访问令牌，换新不作废旧的，到期为止。
create table access_token (
  hash bytea primary key,
  session_id uuid not null references session (id),
  expires_at timestamptz not null
);
create index access_token_session on access_token (session_id);
create table refresh_token (
  hash bytea primary key,
  session_id uuid not null references session (id),
  issued_at timestamptz not null,
  -- 后继令牌 = HMAC(本令牌原文, 此盐)：宽限期内重复出示，交出同一个后继，而库里没有任何原文
  successor_salt bytea not null,
  -- 被轮换的时刻；其后 30 秒内仍可用，再晚即视为盗用，整个家族作废
  rotated_at timestamptz
);
create index refresh_token_session on refresh_token (session_id);
create table login_attempt (
  state_hash bytea primary key,
  browser_hash bytea not null,
  code_verifier_sealed bytea not null,
  nonce text not null,
  purpose text not null check (purpose in ('login', 'reauthenticate', 'bind')),
  session_id uuid references session (id),
  openid_sealed bytea,
  -- 回调须与出发时同一来源（演示时手机按局域网地址进来）
  origin text not null,
  return_to text not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index login_attempt_session on login_attempt (session_id);
create table wechat_binding (
  openid_index bytea primary key,
  openid_sealed bytea not null,
  account_id uuid not null references account (id),
  bound_at timestamptz not null
);
create table ticket (
  hash bytea primary key,
  kind text not null check (kind in ('bind', 'reauthenticate', 'live')),
  session_id uuid references session (id),
  openid_sealed bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index ticket_session on ticket (session_id);
create index wechat_binding_account on wechat_binding (account_id);
-- 足迹：谁看过谁的哪些字段，从不记值；所有人可读自己的。
create table trace (
  id uuid primary key,
  subject_id uuid not null references subject (id),
  actor text not null,
  actor_kind text not null check (actor_kind in ('self', 'proxy', 'department', 'system', 'staff')),
  action text not null check (action in ('read', 'fetch', 'use', 'send', 'reveal', 'export', 'refused')),
  purpose text not null,
  fields text[] not null,
  at timestamptz not null
);
create index trace_subject on trace (subject_id, at desc, id desc);
