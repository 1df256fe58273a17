# Samples that a seed draws, and every estimate that R's `survey` package makes of them:
# clusters, weights from 1e-4 to 1e4 or of 0, strata asked completely or with a single
# unit, raking to two margins, and names with accents, quotation marks and commas.
#
#   Rscript drawn.R     writes drawn_1.csv, drawn_1.json and so on beside itself, and
#                       drawn_margins.csv, which drawn_1 and drawn_3 are raked to for 4 and 5
#
# survey 4.1-1. Intervals of shares are those of statistics.md, 4, from R's variance.
suppressMessages(library(survey))
library(jsonlite)
options(digits = 15)

groups <- c("Liège, \"ville\"", "œuvre d'été", "Ñandú; ü")
answers <- c("a", "b", "c", "dé, d")
themes <- c("X", "Y", "Z", "T")

# One row a respondent: design and answers, which hang together within a unit.
draw <- function(case) {
  set.seed(case$seed)
  sizes <- lapply(seq_len(case$strata), function(h) {
    sampled <- if (case$clusters) sample(1:6, 1) else sample(4:40, 1)
    people <- if (case$clusters) sample(1:12, sampled, TRUE) else rep(1, sampled)
    data.frame(stratum = paste("strate", h, "é"), unit = paste0("u", h, "_", rep(seq_len(sampled), people)),
               N = sampled + sample(0:30, 1) * (h > 1))
  })
  d <- do.call(rbind, sizes)
  n <- nrow(d)
  d$id <- sprintf("p%04d", seq_len(n))
  d$weight <- case$weights(n)
  effect <- rnorm(length(unique(d$unit)))[match(d$unit, unique(d$unit))]
  some <- function(x) ifelse(runif(n) < 0.1, NA, x)
  d$sex <- rep(c("F", "M"), length.out = n)
  d$age <- rep(c("young", "old", "older"), length.out = n)
  d$g <- sample(groups, n, TRUE, prob = c(0.6, 0.3, 0.1))
  d$single <- some(answers[pmin(4, pmax(1, round(2 + effect + rnorm(n))))])
  asked <- runif(n) > 0.15
  for (k in 1:4) {
    ticked <- as.integer(runif(n) < plogis(k / 2 - 1 + effect))
    d[[paste0("many_", k)]] <- ifelse(asked, some(ticked), NA)
  }
  d$scale <- some(sample(c(1:5, 9), n, TRUE, prob = c(1, 2, 2, 3, 1, 1)))
  d$score <- some(pmin(10, pmax(0, round(5 + effect * 2 + rnorm(n, sd = 2)))))
  d$amount <- some(round(exp(8 + effect + rnorm(n)), 2))
  ranked <- t(sapply(seq_len(n), function(i) {
    ranks <- sample(themes, 3)
    ranks[sample(0:3, 1) < seq_len(3)] <- NA
    ranks
  }))
  for (k in 1:3) d[[paste0("rank_", k)]] <- ranked[, k]
  d
}

# The effective base is that of Korn and Graubard.
limits_of_share <- function(p, variance, n, df, kish) {
  ratio <- qt(0.975, n - 1) / qt(0.975, df)
  if (p == 0 || p == 1) {
    reach <- 0.025^(1 / (min(n, kish) * ratio^2))
    return(if (p == 0) c(0, 1 - reach) else c(reach, 1))
  }
  if (variance == 0) return(c(p, p))
  base <- p * (1 - p) / variance * ratio^2
  c(qbeta(0.025, base * p, base * (1 - p) + 1), qbeta(0.975, base * p + 1, base * (1 - p)))
}

# What is published of the answers `y` of those in `base`, in one group or all.
estimate <- function(d, design, y, base, group, question, item, estimator) {
  inside <- base & (group == "all" | d$g == group)
  counted <- inside & d$weight > 0
  n <- sum(counted)
  row <- list(question = question, item = item, estimator = estimator,
              group_var = if (group == "all") "all" else "g", group = group, n = n)
  if (n == 0) return(c(row, list(flag = "empty")))
  share <- estimator %in% c("proportion", "top2", "bottom2", "rank_first", "rank_top3")
  design$variables$y <- ifelse(inside, y, 0)
  within <- subset(design, inside)
  found <- if (estimator == "total") svytotal(~y, within) else svymean(~y, within)
  value <- as.numeric(coef(found))
  variance <- as.numeric(SE(found))^2
  w <- d$weight[inside]
  kish <- sum(w)^2 / sum(w^2)
  df <- length(unique(d$unit[counted])) - length(unique(d$stratum[counted]))
  spread <- n / (n - 1) * sum(w * (y[inside] - value)^2) / sum(w)
  # What R leaves of squares that cancel is rounding.
  if (n > 1 && variance < spread / n * 1e-13) variance <- 0
  certain <- share && value %in% c(0, 1)
  known <- n > 1 && df >= 1
  method <- if (certain) "cp_zero_or_one" else if (!known) "no_df" else if (!share) "t" else
    if (variance == 0) "zero_variance" else "beta"
  ends <- if (!known) c(NA, NA) else if (share) limits_of_share(value, variance, n, df, kish) else
    value + c(-1, 1) * qt(0.975, df) * sqrt(variance)
  effect <- if (n > 1 && spread > 0 && estimator != "total") variance / (spread / n) else NA
  rest <- (sum(w) - n) / sum(w)
  c(row, list(weighted_n = sum(w), estimate = value, se = if (n > 1) sqrt(variance) else NA,
              ci_low = ends[1], ci_high = ends[2], ci_method = method, df = df,
              n_eff_kish = kish, deff_wr = effect, deff = if (rest > 0) effect / rest else NA,
              flag = if (n < 30) "low_n" else "ok"))
}

estimates <- function(d, design) {
  rows <- list()
  add <- function(question, item, estimator, base, y) {
    for (group in c("all", groups)) {
      rows[[length(rows) + 1]] <<- estimate(d, design, y, base, group, question, item, estimator)
    }
  }
  is <- function(x, value) as.numeric(!is.na(x) & x == value)
  given <- !is.na(d$single)
  for (answer in answers) {
    add("single", answer, "proportion", given, is(d$single, answer))
    add("single", answer, "total", given, is(d$single, answer))
  }
  ticks <- as.matrix(d[paste0("many_", 1:4)])
  given <- rowSums(!is.na(ticks)) > 0
  ticks[is.na(ticks)] <- 0
  for (k in 1:4) add("many", as.character(k), "proportion", given, ticks[, k])
  add("many", "", "mean_choices", given, rowSums(ticks))
  given <- !is.na(d$scale) & d$scale < 9
  step <- ifelse(given, d$scale, 3)
  for (k in 1:5) add("scale", as.character(k), "proportion", given, is(d$scale, k))
  add("scale", "", "net", given, (step > 3) - (step < 3))
  add("scale", "", "top2", given, as.numeric(step > 3))
  add("scale", "", "bottom2", given, as.numeric(step < 3))
  add("scale", "", "mean", given, step)
  for (name in c("score", "amount")) {
    given <- !is.na(d[[name]])
    add(name, "", "mean", given, ifelse(given, d[[name]], 0))
    add(name, "", "total", given, ifelse(given, d[[name]], 0))
  }
  for (k in 0:10) add("score", as.character(k), "proportion", !is.na(d$score), is(d$score, k))
  ranks <- sapply(1:3, function(k) d[[paste0("rank_", k)]])
  given <- rowSums(!is.na(ranks)) > 0
  for (theme in themes) {
    at <- sapply(1:3, function(k) is(ranks[, k], theme))
    add("rank", theme, "rank_first", given, at[, 1])
    add("rank", theme, "rank_top3", given, rowSums(at))
    add("rank", theme, "rank_points_mean", given, as.numeric(at %*% 3:1))
  }
  rows
}

cases <- list(
  list(seed = 1, strata = 4, clusters = TRUE, weights = function(n) round(exp(rnorm(n, sd = 3)), 4)),
  list(seed = 2, strata = 6, clusters = TRUE, weights = function(n) round(runif(n, 0.5, 2), 2) * (runif(n) > 0.12)),
  list(seed = 3, strata = 3, clusters = FALSE, weights = function(n) round(exp(rnorm(n)), 3)))
margins <- data.frame(variable = c("sex", "sex", "age", "age", "age"),
                      level = c("F", "M", "young", "old", "older"), total = c(550, 450, 300, 330, 370))
write.csv(margins, "drawn_margins.csv", row.names = FALSE, quote = FALSE)
options(survey.lonely.psu = "adjust")
publish <- function(d, design, at) {
  lines <- sapply(estimates(d, design), toJSON, digits = NA, auto_unbox = TRUE, na = "null")
  software <- paste("R", getRversion(), "survey", packageVersion("survey"))
  writeLines(c(sprintf('{"software": "%s", "estimates": [', software), paste(lines, collapse = ",\n"), "]}"),
             sprintf("drawn_%d.json", at))
}
for (at in seq_along(cases)) {
  d <- draw(cases[[at]])
  write.csv(d, sprintf("drawn_%d.csv", at), row.names = FALSE, na = "", fileEncoding = "UTF-8")
  units <- if (cases[[at]]$clusters) ~unit else ~1
  design <- svydesign(ids = units, strata = ~stratum, fpc = ~N, weights = ~weight, data = d)
  publish(d, design, at)
  # R rakes no weight of 0.
  if (at == 2) next
  raked <- calibrate(design, ~sex + age, calfun = "raking", epsilon = 1e-14, maxit = 1000,
                     population = c("(Intercept)" = 1000, sexM = 450, ageolder = 370, ageyoung = 300))
  publish(transform(d, weight = as.numeric(weights(raked))), raked, if (at == 1) 4 else 5)
}
