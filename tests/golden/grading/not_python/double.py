Dear reader, I doubled every number in my head, and it worked.
