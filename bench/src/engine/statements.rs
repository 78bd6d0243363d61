//! What a PostgreSQL server was told, as its log has it.

/// A statement, with the values in its places; `None` is NULL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    /// Whose connection it came on.
    process: String,
    pub(crate) sql: String,
    pub(crate) values: Vec<Option<String>>,
}

/// How the server begins the lines of its log (`log_line_prefix`), and what stands between process and text.
pub(crate) const PREFIX: &str = ">>%p ";
const MARK: &str = ">>";

/// The statements that have to do with a row: those with its number among their values, and all others of their
/// transactions.
pub(crate) fn of_row(log: &str, row: i64) -> Vec<Statement> {
    let row = Some(row.to_string());
    let mut found = Vec::new();
    // A transaction is what stands on one connection from BEGIN to COMMIT; another connection may write in between.
    let mut open: Vec<Statement> = Vec::new();
    for statement in parse(log) {
        if statement.sql.starts_with("BEGIN") {
            // Of two at the same time one is background work, which is not about the row.
            open.retain(|other| other.process != statement.process);
            open.push(statement);
        } else if open.iter().any(|other| other.process == statement.process) {
            let is_end = ["COMMIT", "ROLLBACK"].contains(&statement.sql.as_str());
            let process = statement.process.clone();
            open.push(statement);
            if is_end {
                let whole: Vec<Statement> = open.extract_if(.., |other| other.process == process).collect();
                if whole.iter().any(|statement| statement.values.contains(&row)) {
                    found.extend(whole);
                }
            }
        } else if statement.values.contains(&row) {
            found.push(statement);
        }
    }
    found
}

fn parse(log: &str) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    for entry in log.split(&format!("\n{MARK}")) {
        let Some((process, said)) = entry.trim_start_matches(MARK).split_once(' ') else { continue };
        // The server indents the further lines of a statement.
        let said = said.trim_end().replace("\n\t", "\n");
        if let Some(sql) = said.strip_prefix("LOG:  statement: ") {
            found.push(Statement { process: process.to_owned(), sql: sql.to_owned(), values: Vec::new() });
        } else if let Some((_, sql)) =
            said.strip_prefix("LOG:  execute ").and_then(|rest| rest.split_once(": "))
        {
            found.push(Statement { process: process.to_owned(), sql: sql.to_owned(), values: Vec::new() });
        } else if let Some((_, values)) =
            said.strip_prefix("DETAIL:  ").and_then(|detail| detail.split_once("arameters: "))
        {
            let last = found.iter_mut().rev().find(|statement| statement.process == process);
            if let Some(last) = last {
                last.values = parse_values(values);
            }
        }
    }
    found
}

/// Reads `$1 = 'it''s', $2 = NULL`.
fn parse_values(text: &str) -> Vec<Option<String>> {
    let mut values = Vec::new();
    let mut rest = text;
    while let Some((_, value)) = rest.split_once(" = ") {
        let Some(quoted) = value.strip_prefix('\'') else {
            values.push(None);
            rest = value;
            continue;
        };
        let mut plain = String::new();
        let mut signs = quoted.char_indices().peekable();
        let mut end = quoted.len();
        while let Some((at, sign)) = signs.next() {
            if sign != '\'' {
                plain.push(sign);
            } else if signs.next_if(|(_, next)| *next == '\'').is_some() {
                plain.push('\'');
            } else {
                end = at + 1;
                break;
            }
        }
        values.push(Some(plain));
        rest = quoted.get(end..).unwrap_or_default();
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = ">>7 LOG:  statement: BEGIN ISOLATION LEVEL READ COMMITTED
>>9 LOG:  execute s1: SELECT 1
>>7 LOG:  execute s3: INSERT INTO pair (row, a)
\t VALUES ($1, $2, $3)
>>7 DETAIL:  parameters: $1 = '41', $2 = NULL, $3 = 'it''s = '
>>7 LOG:  statement: COMMIT
>>8 LOG:  execute s1: SELECT a FROM pair WHERE row = $1
>>8 DETAIL:  Parameters: $1 = '41'
>>8 LOG:  execute s1: SELECT a FROM pair WHERE row = $1
>>8 DETAIL:  Parameters: $1 = '42'
";

    #[test]
    fn a_row_has_its_transactions_and_its_questions() {
        let found = of_row(LOG, 41);
        let sql: Vec<&str> = found.iter().map(|statement| statement.sql.as_str()).collect();
        assert_eq!(
            sql,
            [
                "BEGIN ISOLATION LEVEL READ COMMITTED",
                "INSERT INTO pair (row, a)\n VALUES ($1, $2, $3)",
                "COMMIT",
                "SELECT a FROM pair WHERE row = $1"
            ]
        );
        assert_eq!(found[1].values, [Some("41".to_owned()), None, Some("it's = ".to_owned())]);
        assert_eq!(of_row(LOG, 42).len(), 1);
    }
}
