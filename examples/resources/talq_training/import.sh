# Where you know the node id:
terraform import talq_training.prices 0f7b3c1e-5d2a-4e8b-9c46-2a1d7e90b3f5/5c0e2f8a-9b14-4d67-a3e5-1f2b6c7d8e90/prices

# Where you do not. The configuration still needs one, which the next apply stores:
terraform import talq_training.prices 0f7b3c1e-5d2a-4e8b-9c46-2a1d7e90b3f5/5c0e2f8a-9b14-4d67-a3e5-1f2b6c7d8e90
