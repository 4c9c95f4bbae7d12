
 
	
# c