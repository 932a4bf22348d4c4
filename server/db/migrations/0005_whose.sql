-- 消息说的是谁的事：收信人不再能代表他，就不再看得到。空：账号自己的。
alter table message add column subject_id uuid references subject (id);
update message m set subject_id = s.subject_id from submission s where m.target_kind = 'submission' and s.id = m.target_id;
update message m set subject_id = s.subject_id from case_file c join submission s on s.id = c.submission_id
  where m.target_kind = 'case' and c.id = m.target_id;
update message m set subject_id = s.subject_id from licence l join case_file c on c.id = l.case_id join submission s on s.id = c.submission_id
  where m.target_kind = 'licence' and l.id = m.target_id;
-- 企业的提交，由此刻能代表它的人看
create index submission_subject on submission (subject_id, submitted_at desc, id desc);
