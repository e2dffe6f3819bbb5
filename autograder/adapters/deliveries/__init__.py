"""What each way of delivering work looks like: one module per source, read under the same caps."""
