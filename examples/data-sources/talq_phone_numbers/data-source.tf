data "talq_phone_numbers" "voice" {
  has_voice = true
}

# By how it is dialled, the id that an agent names.
locals {
  number_ids = { for n in data.talq_phone_numbers.voice.phone_numbers : n.number => n.id }
}

output "front_desk" {
  value = local.number_ids["+12025550100"]
}
