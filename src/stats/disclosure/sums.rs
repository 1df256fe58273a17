//! What sums and differences of published groups tell of hidden ones.

use rayon::prelude::*;

use super::atoms::Atoms;
use super::classes::Classes;
use super::sample::Sample;
use super::span::Span;

impl Sample<'_> {
    /// A hidden group that is a sum or difference of published ones: its base,
    /// or how many of it gave an answer. Where nobody of a published group gave
    /// it, or of what subtraction leaves of one, its atoms are left out of the
    /// sum. So they are out of a sum of numbers where all of it gave one
    /// number, which is then known of each.
    pub(super) fn caught(
        &self,
        secret: &[usize],
        published: &[usize],
        known: &[&Atoms],
    ) -> Option<usize> {
        let nobody = self.nobody();
        self.caught_without(&nobody, secret, published).or_else(|| {
            let columns = self.counts.columns.iter();
            let answers =
                columns.flat_map(|column| column.all().map(|answer| (column.zeros_shown, answer)));
            // That nobody of a group has a base is shown, too.
            let answers = std::iter::once((true, &self.counts.n)).chain(answers);
            let answers: Vec<(bool, &Vec<u64>)> = answers.collect();
            answers.par_iter().find_map_first(|(zeros_shown, answer)| {
                let is_out = |atom: usize| {
                    answer[atom] == if *zeros_shown { 0 } else { self.counts.n[atom] }
                };
                let mut none = nobody.clone();
                for atoms in known.iter().filter(|atoms| atoms.iter().all(is_out)) {
                    none.add(atoms);
                }
                if none.is_empty() { None } else { self.caught_without(&none, secret, published) }
            })
        })
    }

    /// A hidden group that is a sum or difference of published ones once some
    /// atoms are left out.
    fn caught_without(&self, none: &Atoms, secret: &[usize], published: &[usize]) -> Option<usize> {
        let classes = Classes::new(self, published, secret, none);
        let membership = |at: usize| {
            let mut member = vec![0.0; classes.count];
            for class in classes.of_group(at) {
                member[class] = 1.0;
            }
            member
        };
        let span = Span::new(published.iter().map(|at| membership(*at)), |_, x| x.abs());
        secret.iter().copied().find(|at| {
            let member = membership(*at);
            member.iter().any(|x| *x > 0.0) && span.contains(member)
        })
    }
}
