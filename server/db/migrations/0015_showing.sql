-- 亮证也是一次用证：记在用证授权里，持证人在一处看到、还亮着时能收回。
-- 何时被核验了；空着又过了时候的，谁也没看到
alter table licence_grant add column seen_at timestamptz;
-- 亮证码只有一分钟：升级前亮出的不再认
delete from presentation;
alter table presentation add column grant_id uuid not null unique references licence_grant (id) on delete cascade;
