attach :location as source;
