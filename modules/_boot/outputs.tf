output "script" {
  description = "What a machine runs when it boots for the first time."
  value       = local.script
}
