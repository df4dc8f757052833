output "script" {
  description = "What a machine runs when it boots for the first time."
  value       = local.script
}

output "packed" {
  description = "The script as EC2 takes it: gzip, in base64. Machines unpack it by themselves."
  value       = local.packed
}

output "packed_bytes" {
  description = "How long it is, as EC2 counts: 16,384 are allowed."
  value       = length(local.packed) / 4 * 3 - length(regexall("=", local.packed))
}
