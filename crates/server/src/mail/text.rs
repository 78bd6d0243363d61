//! The plain part of a message: it reads well alone.

use super::content::Content;
use super::flow::write_paragraph;

impl Content<'_> {
    /// The whole text. The link stands on a line of its own, with nothing before or behind it.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        let mut write = |block: &[&str]| {
            for paragraph in block {
                write_paragraph(paragraph, self.delsp(), &mut out);
            }
            if !block.is_empty() {
                out.push('\n');
            }
        };
        write(&[&self.lead]);
        let facts: Vec<_> = self.facts.iter().map(|[name, value]| self.pair(name, value)).collect();
        write(&facts.iter().map(String::as_str).collect::<Vec<_>>());
        self.before.iter().for_each(|paragraph| write(&[paragraph]));
        write(&[self.pair(&self.action, "").trim_end(), self.link.expose()]);
        self.after.iter().for_each(|paragraph| write(&[paragraph]));
        // What follows is the server's signature (RFC 3676 §4.3).
        out.push_str("-- \n");
        let name = self.name();
        for line in [&name].into_iter().chain(self.guarantee.iter().flatten()).chain(&self.small) {
            write_paragraph(line, self.delsp(), &mut out);
        }
        out
    }
}
