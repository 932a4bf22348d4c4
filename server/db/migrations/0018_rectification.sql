-- 「信息有误」：持证人请发证机关核对照面上的一格（licences.md §4.5）；写的与答的都密封。
create table rectification (
  id uuid primary key,
  licence_id uuid not null references licence (id) on delete cascade,
  field text not null,
  claim_sealed bytea not null,
  at timestamptz not null,
  -- 提的那天算好的答复期限（北京时间的日子）
  answer_by date not null,
  delivered_at timestamptz,
  outcome text check (outcome in ('corrected', 'upheld')),
  answer_sealed bytea,
  answered_at timestamptz,
  check (num_nulls(outcome, answer_sealed, answered_at) in (0, 3))
);
-- 一本证照同时只核对一处
create unique index rectification_open on rectification (licence_id) where answered_at is null;
create index rectification_licence on rectification (licence_id, at desc);
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check
  check (kind in ('department', 'wechat', 'sms', 'invitation', 'objection', 'licence', 'rectification'));
