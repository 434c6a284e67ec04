-- Of another module, whose range of numbers is higher.
create table shelves (id bigint primary key);
