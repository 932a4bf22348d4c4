-- 卡包：领证、来源的变化、到期提醒、用证授权。
-- 证照库列出的，领了才给照面；在这里办成的，签发时就算领了。升级前就在卡包里的，都算领过。
alter table licence add column claimed_at timestamptz;
update licence set claimed_at = recorded_at;
-- 来源最近一次改变它的状态：何时、为什么（原因类别，密封）
alter table licence add column status_at timestamptz;
alter table licence add column reason_sealed bytea;
-- 到期这件事已经说过；收下时就已过期的，不再说
alter table licence add column expiry_told_at timestamptz;
update licence set expiry_told_at = recorded_at where valid_to < (now() at time zone 'Asia/Shanghai')::date;
create index licence_valid_to on licence (valid_to) where status = 'valid' and expiry_told_at is null;
-- 证照库推来的变化：同一 eventId 只认一次
create table licence_change (
  event_id text primary key,
  received_at timestamptz not null
);
-- 用证：哪本证照授权给了谁、为什么、哪几格、从何时到何时。只记字段名，不记值。
create table licence_grant (
  id uuid primary key,
  -- 持证人；没有在这里留下主体的另一方为空
  subject_id uuid references subject (id) on delete set null,
  licence_type text not null,
  -- 证照标识到流水号为止：换发之后仍是同一本
  stem text not null,
  identifier text,
  version int not null,
  -- 随哪一件办件；亮证没有
  case_id uuid references case_file (id),
  recipient text not null,
  purpose text not null,
  fields text[] not null,
  since timestamptz not null,
  -- 空：到这一件办结
  until timestamptz,
  revoked_at timestamptz,
  -- 证照注销、吊销，或持证人已故，授权随之失效
  ended_at timestamptz
);
create unique index licence_grant_case on licence_grant (case_id, licence_type, stem) where case_id is not null;
create index licence_grant_stem on licence_grant (licence_type, stem);
