-- 授权经办：本人授权亲友（proxy），法定代表人以企业名义授权经办人（operator）。授权码只存带密钥的散列，接受、过期即删。
create table delegation (
  id uuid primary key,
  subject_id uuid not null references subject (id),
  role text not null check (role in ('proxy', 'operator')),
  -- 谁开出的；企业的授权是企业的，换了法定代表人也还在
  given_by uuid not null references account (id),
  delegate_id uuid references account (id),
  scenes text[] not null,
  bundles text[] not null,
  code_hash bytea unique,
  code_expires_at timestamptz not null,
  offered_at timestamptz not null,
  until timestamptz not null,
  accepted_at timestamptz,
  ended_at timestamptz,
  ended_because text check (ended_because in ('revoked', 'resigned', 'expired', 'lapsed')),
  check ((accepted_at is null) = (delegate_id is null)),
  check ((ended_at is null) = (ended_because is null))
);
-- 一个人替同一主体办事，只有一份授权在生效
create unique index delegation_in_force on delegation (delegate_id, subject_id) where delegate_id is not null and ended_at is null;
create index delegation_subject on delegation (subject_id, offered_at desc);
create index delegation_delegate on delegation (delegate_id, offered_at desc);
create index delegation_until on delegation (until) where ended_at is null;
alter table relation drop constraint relation_role_check;
alter table relation add constraint relation_role_check check (role in ('self', 'guardian', 'legalRepresentative', 'operator', 'proxy'));
alter table message drop constraint message_kind_check;
alter table message add constraint message_kind_check
  check (kind in ('case', 'correction', 'licence', 'invitation', 'rating', 'account', 'code', 'delegation'));
-- 凭哪份授权办的；被代办人据此看得到
alter table draft add column delegation_id uuid references delegation (id);
alter table submission add column delegation_id uuid references delegation (id);
create index submission_delegated on submission (subject_id, submitted_at desc) where delegation_id is not null;
