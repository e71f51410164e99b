data "talq_voice_templates" "english" {
  language = "en-US"
}

# Several voices share a name: one for each quality tier.
output "bianca" {
  value = {
    for v in data.talq_voice_templates.english.voice_templates :
    v.quality_tier => { template_id = v.id, dollars_a_minute = v.cost }
    if v.display_name == "Bianca"
  }
}
