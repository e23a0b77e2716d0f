detach source;
