-- 送到之后只留编号、线和时刻，内容抹掉；部门明确拒收的停放在一边，不挡后面的。
alter table outbox alter column payload_sealed drop not null;
update outbox set payload_sealed = null where delivered_at is not null;
alter table outbox add constraint outbox_payload check (delivered_at is not null or payload_sealed is not null);
alter table outbox drop column next_attempt_at;
alter table outbox add column tried_at timestamptz;
alter table outbox add column refused_at timestamptz;
drop index outbox_pending;
create index outbox_pending on outbox (lane, id) where delivered_at is null and refused_at is null;
create index outbox_refused on outbox (lane) where refused_at is not null;
-- 幂等记录按时间清
create index idempotency_at on idempotency (at);
