//! What every test of the service starts from.

pub(crate) mod answer;
pub(crate) mod connection;
pub(crate) mod logs;
pub(crate) mod request;
pub(crate) mod server;
pub(crate) mod smtp;

pub(crate) use answer::Answer;
pub(crate) use connection::Connection;
pub(crate) use request::{Request, get, post};
pub(crate) use server::{Credentials, START, TestServer};
