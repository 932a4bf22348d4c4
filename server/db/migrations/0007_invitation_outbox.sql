-- 邀请也经待发箱告诉持有人：当场做的事，不论持有人在不在、有没有账号，都一样多
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind in ('department', 'wechat', 'sms', 'invitation'));
