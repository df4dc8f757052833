# Beside the default example: fleets that are taken away, one after the other.
variable "trial" {
  description = "Where the forge is, what divides every waiting time, which fleets there are, and whether busy machines end."
  type        = object({ forge_url = string, time_scale = number, fleets = list(string), force_destroy = bool })
}
