-- 来源这一次给的有什么毛病、因而没有收下（证照标识不合规等）；null：没有毛病。
alter table source_fetch add column flaw text;
