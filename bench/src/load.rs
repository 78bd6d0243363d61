//! The load generator: one thread, one event loop, as little work per request as possible.
//!
//! The loop is closed: each connection sends its next request when the answer to the last one has
//! come. Its latencies therefore include the wait for the other connections' requests, and can be
//! compared only at the same number of connections.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use mio::{Events, Interest, Poll, Token};

use crate::callers::Callers;
use crate::connection::{Connection, Heard};
use crate::cores::Cores;
use crate::interrupt;
use crate::round::{Round, Tally};
use crate::usage::{Clock, Usage};

/// How long the loop sleeps at most before it looks at the clock.
const TICK: Duration = Duration::from_millis(50);
/// How long after a round's end its last answers may come.
const PATIENCE: Duration = Duration::from_secs(20);

/// What to send where, and how much of it.
#[derive(Clone, Debug)]
pub(crate) struct Plan<'a> {
    pub(crate) callers: Callers<'a>,
    /// The processes that listen there.
    pub(crate) servers: Vec<u32>,
    pub(crate) connections: usize,
    pub(crate) amount: Amount,
    pub(crate) cores: Cores,
}

/// When a round is over.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Amount {
    /// After a time; what ends while warming up is not counted.
    Lasting { warm: Duration, measured: Duration },
    /// After a number of exchanges, all counted, or when the time is up.
    Exchanges { count: u64, at_most: Duration },
}

/// Runs one round.
pub(crate) fn run(plan: &Plan<'_>) -> Result<Round> {
    let mut load = Load::open(plan)?;
    load.begin_all()?;
    let mut events = Events::with_capacity(plan.connections);
    while load.under_way > 0 {
        match load.poll.poll(&mut events, Some(TICK)) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            outcome => outcome?,
        }
        for event in &events {
            load.advance(event.token());
        }
        load.watch(Instant::now())?;
    }
    Ok(load.close())
}

struct Load<'a> {
    plan: &'a Plan<'a>,
    poll: Poll,
    connections: Vec<Option<Connection>>,
    under_way: usize,
    issued: u64,
    begin: Instant,
    end: Instant,
    clock_at_begin: Option<Clock>,
    clock_at_end: Option<Clock>,
    tally: Tally,
}

impl<'a> Load<'a> {
    fn open(plan: &'a Plan<'a>) -> Result<Self> {
        let poll = Poll::new()?;
        let mut connections = Vec::with_capacity(plan.connections);
        for number in 0..plan.connections {
            let (target, talk) = plan.callers.call(number)?;
            let mut connection = Connection::open(target, talk)?;
            poll.registry().register(&mut connection.stream, Token(number), Interest::READABLE)?;
            connections.push(Some(connection));
        }
        let now = Instant::now();
        let (begin, end) = match plan.amount {
            Amount::Lasting { warm, measured } => (now + warm, now + warm + measured),
            Amount::Exchanges { at_most, .. } => (now, now + at_most),
        };
        Ok(Self {
            plan,
            poll,
            connections,
            under_way: 0,
            issued: 0,
            begin,
            end,
            clock_at_begin: None,
            clock_at_end: None,
            tally: Tally::default(),
        })
    }

    fn begin_all(&mut self) -> Result<()> {
        self.watch(Instant::now())?;
        for number in 0..self.connections.len() {
            self.begin(number, Instant::now());
        }
        Ok(())
    }

    /// Starts the next exchange on a connection, if the round still wants one.
    fn begin(&mut self, number: usize, now: Instant) {
        let wanted = match self.plan.amount {
            Amount::Lasting { .. } => true,
            Amount::Exchanges { count, .. } => self.issued < count,
        };
        let Some(Some(connection)) = self.connections.get_mut(number) else {
            return;
        };
        if !wanted || now >= self.end {
            return;
        }
        match connection.begin(self.issued, now) {
            Ok(()) => {
                self.issued += 1;
                self.under_way += 1;
            }
            Err(error) => self.lose(number, &error),
        }
    }

    fn advance(&mut self, token: Token) {
        let Some(Some(connection)) = self.connections.get_mut(token.0) else {
            return;
        };
        if !connection.busy {
            // The server may close a connection that has nothing left to ask.
            return;
        }
        let heard = match connection.advance() {
            Ok(None) => return,
            Ok(Some(heard)) => heard,
            Err(error) => {
                self.under_way -= 1;
                return self.lose(token.0, &error);
            }
        };
        let now = Instant::now();
        let latency = now.duration_since(connection.begun);
        connection.busy = false;
        match heard {
            Heard::Wrong(what) => self.tally.fault(what),
            Heard::Done(answer_bytes) if self.counts(now) => self.tally.done(latency, answer_bytes),
            Heard::Done(_) | Heard::Next | Heard::Part => (),
        }
        self.under_way -= 1;
        self.begin(token.0, now);
    }

    fn counts(&self, now: Instant) -> bool {
        match self.plan.amount {
            Amount::Lasting { .. } => (self.begin..self.end).contains(&now),
            Amount::Exchanges { .. } => true,
        }
    }

    /// A lost connection is not made again: the fault is the result then, not the figures.
    fn lose(&mut self, number: usize, error: &anyhow::Error) {
        self.tally.fault(format!("{error:#}"));
        if let Some(connection) = self.connections.get_mut(number) {
            *connection = None;
        }
    }

    /// Reads the counters when the measured time begins and ends, and gives up on
    /// a server that answers no more.
    fn watch(&mut self, now: Instant) -> Result<()> {
        if self.clock_at_begin.is_none() && now >= self.begin {
            self.clock_at_begin = self.read_clock();
        }
        if self.clock_at_end.is_none() && now >= self.end {
            self.clock_at_end = self.read_clock();
        }
        interrupt::check()?;
        if self.under_way > 0 && now > self.end + PATIENCE {
            bail!("{} requests without an answer in {PATIENCE:?}", self.under_way);
        }
        Ok(())
    }

    fn read_clock(&self) -> Option<Clock> {
        Clock::read(self.plan.cores, &self.plan.servers)
    }

    fn close(self) -> Round {
        let elapsed = match self.plan.amount {
            Amount::Lasting { measured, .. } => measured,
            Amount::Exchanges { .. } => self.begin.elapsed(),
        };
        let clock_at_end = self.clock_at_end.or_else(|| self.read_clock());
        self.tally.into_round(elapsed, Usage::between(self.clock_at_begin, clock_at_end))
    }
}
