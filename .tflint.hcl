# Every rule of the ruleset that comes with tflint; none is left out.
plugin "terraform" {
  enabled = true
  preset  = "all"
}
