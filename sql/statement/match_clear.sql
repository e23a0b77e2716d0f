delete from link_part;
delete from link;
delete from candidate;
delete from topup_state;
delete from adjustment;
delete from refund_link;
delete from retry;
