//! The service as its clients meet it: a real server on a real store, spoken to over sockets. One module a topic.

mod account_key;
mod accounts;
mod bad_input;
mod config;
mod connector;
mod device;
mod faults;
mod forms;
mod framing;
mod held;
mod invitations;
mod letters;
mod limits;
mod mail_pages;
mod openapi;
mod openers;
mod outbox;
mod pages;
mod plans;
mod races;
mod redaction;
mod redelivery;
mod relay;
mod server_keys;
mod support;
mod v1;
