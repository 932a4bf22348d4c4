-- 别人能反复引出的足迹各有上限：刷不满足迹，也盖不住别的。
-- 哪个账号对哪个主体的哪一种试图，最近一次何时记进了足迹
create table refusal (
  account_id uuid not null references account (id) on delete cascade,
  subject_id uuid not null references subject (id) on delete cascade,
  purpose text not null,
  traced_at timestamptz not null,
  primary key (account_id, subject_id, purpose)
);
-- 一份 PDF 最近一次核验何时记进了足迹，核到什么
alter table licence_pdf add column traced_at timestamptz, add column traced_result text;
