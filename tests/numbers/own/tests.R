# What R's `survey` package says of tests that the given cases lack: differences
# between items, and changes among the same respondents of a clustered sample.
#
#   Rscript tests.R     writes items.json, panel.json and clusters_*.csv beside itself
#
# survey 4.1-1; answers made up from a seed.
library(survey)
library(jsonlite)
options(digits = 15, survey.lonely.psu = "adjust")

row <- function(kind, question, item, ref, var, group, design, n) {
  m <- svymean(~gap, design)
  df <- degf(design)
  se <- as.numeric(SE(m))
  t <- as.numeric(coef(m)) / se
  half <- qt(0.975, df) * se
  list(test = kind, question = question, item = item, item_ref = ref, group_var = var,
       group = group, n = n, difference = as.numeric(coef(m)), se = se,
       ci_low = as.numeric(coef(m)) - half, ci_high = as.numeric(coef(m)) + half,
       statistic = t, df = df, p_value = 2 * pt(-abs(t), df))
}

# Items: the score is each respondent's second answer less the first, without the
# finite population correction.
communes <- read.csv("../given/communes123.csv", na.strings = "", fileEncoding = "UTF-8")
columns <- paste0("q_multi_", 1:8)
communes$asked <- rowSums(!is.na(communes[columns])) > 0
items <- list()
pairs <- combn(8, 2)
for (at in seq_len(ncol(pairs))) {
  ref <- pairs[1, at]
  item <- pairs[2, at]
  tick <- function(k) ifelse(is.na(communes[[columns[k]]]), 0, communes[[columns[k]]])
  communes$gap <- tick(item) - tick(ref)
  design <- svydesign(ids = ~1, strata = ~province, weights = ~weight, data = communes)
  base <- subset(design, asked)
  items[[at]] <- row("item_difference", "q_multi", as.character(item), as.character(ref), "all",
                     "all", base, sum(communes$asked))
}

# The same respondents: towns were drawn within regions, people within towns.
set.seed(2018)
town <- rep(1:12, times = c(4, 6, 5, 7, 4, 5, 6, 4, 5, 7, 6, 5))
people <- data.frame(id = sprintf("p%02d", seq_along(town)), town = paste0("t", town))
people$region <- ifelse(town <= 6, "north", "south")
people$weight <- round(runif(nrow(people), 0.5, 4), 2)
score <- function() {
  x <- pmin(10, pmax(0, round(5 + rnorm(12, sd = 1.5)[town] + rnorm(length(town), sd = 2))))
  ifelse(runif(length(x)) < 0.1, NA, x)
}
people$before <- score()
people$after <- pmin(10, pmax(0, ifelse(is.na(people$before), 5, people$before) +
                                sample(-1:2, nrow(people), TRUE)))
people$after[runif(nrow(people)) < 0.1] <- NA
first <- people[runif(nrow(people)) < 0.85, ]
second <- people[runif(nrow(people)) < 0.85, ]
write <- function(data, value, file) {
  out <- data[c("id", "region", "town", "weight")]
  out$score <- data[[value]]
  write.csv(out, file, row.names = FALSE, na = "", quote = FALSE)
}
write(first, "before", "clusters_2017.csv")
write(second, "after", "clusters_2018.csv")
second$gap <- second$after - first$before[match(second$id, first$id)]
design <- svydesign(ids = ~town, strata = ~region, weights = ~weight, data = second)
panel <- list()
for (group in c("all", "north", "south")) {
  inside <- !is.na(second$gap) & (group == "all" | second$region == group)
  var <- if (group == "all") "all" else "region"
  panel[[length(panel) + 1]] <- row("wave_change_panel_only", "score", "mean", "", var, group,
                                    subset(design, inside), sum(inside))
}
software <- paste("R", getRversion(), "survey", packageVersion("survey"))
for (part in list(list("items.json", items), list("panel.json", panel))) {
  write_json(list(software = software, tests = part[[2]]), part[[1]],
             digits = NA, auto_unbox = TRUE, pretty = TRUE)
}
