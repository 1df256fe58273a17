# What R's `survey` package says of tests that the given cases lack: differences
# between items, and changes in clustered samples, among everybody and among the
# same respondents.
#
#   Rscript tests.R     writes items.json, panel.json, changes_*.json and the answers
#                       of clusters_*, same_*, apart_* and lonely_* beside itself
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
# Everybody's change, where R's design of both waves in one file gives the variance of
# METHODS, which are the two ends: the same towns twice (the scores of a town in both
# waves add up before they are squared), and towns of which none, or one in a stratum,
# was drawn twice (each wave has strata of its own). In between R's is too small.
change <- function(both, design, group, units) {
  known <- subset(design, !is.na(score) & (group == "all" | region == group))
  means <- svyby(~score, ~wave, known, svymean, covmat = TRUE)
  gap <- svycontrast(means, c("2017" = -1, "2018" = 1))
  n <- table(known$variables$wave)
  based <- unique(known$variables[c(units, "region")])
  df <- nrow(based) - length(unique(based$region))
  se <- as.numeric(SE(gap))
  t <- as.numeric(coef(gap)) / se
  half <- qt(0.975, df) * se
  list(test = "wave_change", question = "score", item = "mean", item_ref = "",
       group_var = if (group == "all") "all" else "region", group = group,
       n_ref = n[["2017"]], n = n[["2018"]], difference = as.numeric(coef(gap)), se = se,
       ci_low = as.numeric(coef(gap)) - half, ci_high = as.numeric(coef(gap)) + half,
       statistic = t, df = df, p_value = 2 * pt(-abs(t), df))
}
stack <- function(before, after, name) {
  columns <- c("id", "region", "town", "N", "weight", "score")
  for (part in list(list(before, "2017"), list(after, "2018"))) {
    write.csv(part[[1]][columns], paste0(name, "_", part[[2]], ".csv"), row.names = FALSE,
              na = "", quote = FALSE)
  }
  rbind(cbind(before[columns], wave = "2017"), cbind(after[columns], wave = "2018"))
}
groups <- c("all", "north", "south")
fewer <- function(data) data[runif(nrow(data)) < 0.8, ]

same <- people
same$N <- ifelse(same$region == "north", 9, 25)
before <- fewer(transform(same, score = before))
after <- fewer(transform(same, id = sub("p", "q", id), score = after))
both <- stack(before, after, "same")
stopifnot(setequal(before$town, after$town))
design <- svydesign(ids = ~town, strata = ~region, fpc = ~N, weights = ~weight, data = both)
kept <- lapply(groups, function(group) change(both, design, group, "town"))

# In the north one town is in both waves and the correction of both is dropped, since a
# covariance needs two; in the south the first wave asked all six towns there are.
after$town <- sub("t", "u", after$town)
after$town[after$town == "u3"] <- "t3"
after$N <- before$N <- NULL
before$N <- ifelse(before$region == "north", 20, 6)
after$N <- ifelse(after$region == "north", 20, 8)
both <- stack(before, after, "apart")
both$stratum <- paste(both$region, both$wave)
both$of <- ifelse(both$region == "north", 1e15, both$N)
both$drawn <- paste(both$town, both$wave)
design <- svydesign(ids = ~drawn, strata = ~stratum, fpc = ~of, weights = ~weight, data = both)
dropped <- lapply(groups, function(group) change(both, design, group, "town"))

# Towns as strata, one of them of a single respondent, nobody in both waves: the
# variances of both waves add up, each with the lonely town as variable as the others
# of the group.
options(survey.lonely.psu = "average")
alone <- function(data, town) data[data$town != town | !duplicated(data$town), ]
before <- alone(before, "t9")
after <- fewer(transform(same, id = sub("p", "q", id), score = after))
before$N <- after$N <- 0
both <- stack(before, after, "lonely")
lonely <- lapply(groups, function(group) {
  waves <- lapply(c("2017", "2018"), function(wave) {
    design <- svydesign(ids = ~1, strata = ~town, weights = ~weight, data = both[both$wave == wave, ])
    known <- subset(design, !is.na(score) & (group == "all" | region == group))
    list(mean = svymean(~score, known), rows = known$variables)
  })
  gap <- as.numeric(coef(waves[[2]]$mean) - coef(waves[[1]]$mean))
  se <- as.numeric(sqrt(SE(waves[[1]]$mean)^2 + SE(waves[[2]]$mean)^2))
  n <- sapply(waves, function(wave) nrow(wave$rows))
  df <- sum(n) - length(unique(unlist(lapply(waves, function(wave) wave$rows$town))))
  half <- qt(0.975, df) * se
  list(test = "wave_change", question = "score", item = "mean", item_ref = "",
       group_var = if (group == "all") "all" else "region", group = group, n_ref = n[1],
       n = n[2], difference = gap, se = se, ci_low = gap - half, ci_high = gap + half,
       statistic = gap / se, df = df, p_value = 2 * pt(-abs(gap / se), df))
})

software <- paste("R", getRversion(), "survey", packageVersion("survey"))
for (part in list(list("items.json", items), list("panel.json", panel),
                  list("changes_same.json", kept), list("changes_apart.json", dropped),
                  list("changes_lonely.json", lonely))) {
  write_json(list(software = software, tests = part[[2]]), part[[1]],
             digits = NA, auto_unbox = TRUE, pretty = TRUE)
}
