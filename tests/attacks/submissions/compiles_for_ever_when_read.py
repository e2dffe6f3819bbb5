"""
about: source whose nested finally blocks take gigabytes when they are compiled, on the grader's side or its own
earns: []
ends: {code: failed, words: failed}
unusual: false
"""


def never():
 try:
  pass
 finally:
  try:
   pass
  finally:
   try:
    pass
   finally:
    try:
     pass
    finally:
     try:
      pass
     finally:
      try:
       pass
      finally:
       try:
        pass
       finally:
        try:
         pass
        finally:
         try:
          pass
         finally:
          try:
           pass
          finally:
           try:
            pass
           finally:
            try:
             pass
            finally:
             try:
              pass
             finally:
              try:
               pass
              finally:
               try:
                pass
               finally:
                try:
                 pass
                finally:
                 try:
                  pass
                 finally:
                  try:
                   pass
                  finally:
                   try:
                    pass
                   finally:
                    never()
