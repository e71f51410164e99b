# Where you know the node id:
terraform import talq_action.schedule 0f7b3c1e-5d2a-4e8b-9c46-2a1d7e90b3f5/b81d94f0-63c7-4a52-8e1f-7c05d2e6a914/schedule-appointment

# Where you do not. The configuration still needs one, which the next apply stores:
terraform import talq_action.schedule 0f7b3c1e-5d2a-4e8b-9c46-2a1d7e90b3f5/b81d94f0-63c7-4a52-8e1f-7c05d2e6a914
