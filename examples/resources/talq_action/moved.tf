moved {
  from = talq_action.schedule
  to   = talq_action.book
}
