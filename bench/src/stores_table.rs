//! The table of engines for people, as Markdown, so that it can be copied into a document.

use std::fmt::{self, Display, Formatter};

use crate::engine::Kind;
use crate::receipts::Receipts;
use crate::stores::StoreRow;
use crate::table::Ratio;

/// Shows engines as text.
#[derive(Debug)]
pub(crate) struct StoresTable<'a>(pub(crate) &'a [StoreRow]);

impl Display for StoresTable<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "\n| engine | nodes | | per s | p50 ms | p99 ms | beside | its own per s | ratio (lowest-highest) |"
        )?;
        writeln!(out, "| --- | --: | --- | --: | --: | --: | --- | --: | --- |")?;
        for row in self.0 {
            line(row, out)?;
        }
        let rounds = self.0.first().map_or(0, |row| row.figures.burnbag.rounds_per_second.len());
        writeln!(
            out,
            "\n{rounds} rounds for each side in turn, medians. Nodes, engine and whoever calls share all cores: on few of them three nodes cannot be faster than one, and\n\
             what burnbag itself costs is missing to the engine. pgbench: the same statements, with as many clients as\n\
             the nodes have connections. Scripts: the same, by this program's own load generator. SQLite, which is no\n\
             server: beside HTTP that stores nothing."
        )?;
        let own = self.0.iter().find_map(|row| Some((row.engine, row.redis_benchmark?)));
        own.map_or(Ok(()), |(engine, figure)| {
            writeln!(
                out,
                "redis-benchmark with the script of a create, on {}: {figure:.0} per s",
                engine.name()
            )
        })
    }
}

/// Shows an account's lists as text.
#[derive(Debug)]
pub(crate) struct ReceiptsTable<'a>(pub(crate) &'a [Receipts]);

impl Display for ReceiptsTable<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(out, "\n| engine | receipts | recent p50 ms | p99 ms | page p50 ms | p99 ms |")?;
        writeln!(out, "| --- | --: | --: | --: | --: | --: |")?;
        for row in self.0 {
            let Receipts { engine, count, call_p50_us, call_p99_us, page_p50_us, page_p99_us } = row;
            let [call_p50, call_p99, page_p50, page_p99] =
                [call_p50_us, call_p99_us, page_p50_us, page_p99_us].map(|us| us / 1e3);
            writeln!(
                out,
                "| {} | {count} | {call_p50:.2} | {call_p99:.2} | {page_p50:.2} | {page_p99:.2} |",
                engine.name()
            )?;
        }
        writeln!(
            out,
            "\nrecent: GET /api/v1/private/recent; page: GET /recent. One caller, who asks again and again."
        )
    }
}

fn line(row: &StoreRow, out: &mut Formatter<'_>) -> fmt::Result {
    let beside = match row.engine {
        Kind::Sqlite => "HTTP",
        Kind::Postgres => "pgbench",
        Kind::Redis | Kind::RedisCluster => "scripts",
    };
    let figures = &row.figures;
    writeln!(
        out,
        "| {} | {} | {} | {:.0} | {:.1} | {:.1} | {beside} | {:.0} | {} ({}-{}) |",
        row.engine.name(),
        row.nodes,
        row.name,
        figures.burnbag.per_second,
        figures.burnbag.p50_us / 1e3,
        figures.burnbag.p99_us / 1e3,
        figures.ceiling.per_second,
        Ratio(figures.ratio),
        Ratio(figures.ratio_lowest),
        Ratio(figures.ratio_highest)
    )
}
