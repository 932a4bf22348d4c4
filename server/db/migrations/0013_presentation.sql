-- 亮证：一次有效的码只存指纹；给看的内容密封，核过或过期就抹去。
create table presentation (
  id uuid primary key,
  token_index bytea not null unique,
  code_index bytea not null unique,
  licence_id uuid not null references licence (id) on delete cascade,
  session_id uuid not null references session (id) on delete cascade,
  account_id uuid not null references account (id) on delete cascade,
  -- 给看了哪几格（足迹用）；从不含值
  fields text[] not null,
  snapshot_sealed bytea,
  issued_at timestamptz not null,
  verified_at timestamptz
);
create index presentation_session on presentation (session_id);
create index presentation_issued on presentation (issued_at);
create index presentation_licence on presentation (licence_id);
-- 状态列表（Token Status List）里的一格：随机分配，凭证到期后才腾出。证照删了，这一格算无效。
create table credential_status (
  list int not null,
  idx int not null,
  licence_id uuid references licence (id) on delete set null,
  expires_at timestamptz not null,
  primary key (list, idx)
);
create index credential_status_licence on credential_status (licence_id);
create index credential_status_expires on credential_status (expires_at);
-- 出具过的证照 PDF：核验码只存指纹，文件只存散列。
create table licence_pdf (
  id uuid primary key,
  code_index bytea not null unique,
  file_hash bytea unique,
  licence_id uuid not null references licence (id) on delete cascade,
  content_sealed bytea not null,
  issued_at timestamptz not null
);
create index licence_pdf_licence on licence_pdf (licence_id);
