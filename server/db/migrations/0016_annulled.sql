-- 撤销（发现以欺骗取得）与吊销（行政处罚）分开记。
alter table licence drop constraint licence_status_check;
alter table licence add constraint licence_status_check
  check (status in ('valid', 'suspended', 'changed', 'cancelled', 'revoked', 'annulled'));
