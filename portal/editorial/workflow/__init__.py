"""Review on its way to the public: which route, whose turn, who may decide on what."""
