"""The second stage of ranking: features, a small tree model, a dense encoder. Pure (numpy)."""
