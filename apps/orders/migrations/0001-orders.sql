-- What the shop sells, and how much of it is left. One currency: a second one needs rules for orders that mix them.
create table products (
  sku text primary key,
  name text not null,
  price bigint not null check (price > 0),
  currency char(3) not null default 'EUR' check (currency = 'EUR'),
  stock integer not null check (stock >= 0)
);

-- One row a try at fulfilling an order. The steps of a try have at most one row each, which is what makes them idempotent.
create table order_attempts (
  order_id text not null,
  attempt integer not null check (attempt > 0),
  workflow_id text not null,
  customer_id text not null,
  lines jsonb not null,
  total bigint not null check (total >= 0),
  currency char(3) not null,
  accepted_at timestamptz not null default now(),
  primary key (order_id, attempt)
);

-- A step that is undone before it was done leaves a row all the same ('released', 'void', 'cancelled'): a late attempt finds it and stops.
create table reservations (
  order_id text not null,
  attempt integer not null,
  state text not null check (state in ('held', 'released')),
  changed_at timestamptz not null default now(),
  primary key (order_id, attempt),
  foreign key (order_id, attempt) references order_attempts
);

create table payments (
  order_id text not null,
  attempt integer not null,
  -- 'pending' is written before the provider is called: its answer may be lost, and then somebody must ask again.
  state text not null check (state in ('pending', 'charged', 'declined', 'refunded', 'void')),
  idempotency_key text not null unique,
  charge_id text unique,
  decline_reason text,
  changed_at timestamptz not null default now(),
  primary key (order_id, attempt),
  foreign key (order_id, attempt) references order_attempts,
  check (state not in ('charged', 'refunded') or charge_id is not null),
  check ((state = 'declined') = (decline_reason is not null))
);

create table shipments (
  order_id text not null,
  attempt integer not null,
  state text not null check (state in ('booked', 'cancelled')),
  tracking_number text unique,
  address jsonb,
  changed_at timestamptz not null default now(),
  primary key (order_id, attempt),
  foreign key (order_id, attempt) references order_attempts,
  check (state <> 'booked' or (tracking_number is not null and address is not null))
);
create sequence tracking_numbers;

create table delivery_countries (country char(2) primary key);

-- Messages for customers. The mail system takes them from here and marks them sent.
create table outbox (
  id bigint generated always as identity primary key,
  order_id text not null,
  attempt integer not null,
  kind text not null,
  recipient text not null,
  message text not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  unique (order_id, attempt, kind),
  foreign key (order_id, attempt) references order_attempts
);
create index outbox_unsent on outbox (id) where sent_at is null;
