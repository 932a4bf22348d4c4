-- 足迹记下是哪一个登记的核码端看的；对一条足迹的异议与对方的说明，文字密封。
alter table trace add column reader_id text;
create table objection (
  id uuid primary key,
  trace_id uuid not null unique references trace (id),
  -- 谁提的：有了说明告诉他
  account_id uuid not null references account (id),
  text_sealed bytea,
  at timestamptz not null,
  -- 提的那天算好的答复期限（北京时间的日子）
  answer_by date not null,
  delivered_at timestamptz,
  answer_sealed bytea,
  answered_at timestamptz,
  check ((answer_sealed is null) = (answered_at is null))
);
-- 足迹页按看的人筛
create index trace_kind on trace (subject_id, actor_kind, at desc, id desc);
-- 一个主体的事要告诉谁
create index relation_subject on relation (subject_id) where until is null;
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind in ('department', 'wechat', 'sms', 'invitation', 'objection', 'licence'));
alter table message drop constraint message_kind_check;
alter table message add constraint message_kind_check
  check (kind in ('case', 'correction', 'licence', 'invitation', 'rating', 'account', 'code', 'delegation'));
